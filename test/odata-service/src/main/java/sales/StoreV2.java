package sales;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.olingo.odata2.annotation.processor.core.datasource.DataSource;
import org.apache.olingo.odata2.api.commons.HttpStatusCodes;
import org.apache.olingo.odata2.api.edm.EdmEntitySet;
import org.apache.olingo.odata2.api.edm.EdmException;
import org.apache.olingo.odata2.api.edm.EdmFunctionImport;
import org.apache.olingo.odata2.api.exception.ODataApplicationException;
import org.apache.olingo.odata2.api.exception.ODataNotFoundException;
import org.apache.olingo.odata2.api.exception.ODataNotImplementedException;

/** Rows of the V2 service as maps, by their keys. */
final class StoreV2 implements DataSource {
  static final StoreV2 INSTANCE = new StoreV2(false);
  /** Of the tables that tests make. */
  static final StoreV2 TABLES = new StoreV2(true);
  /** Whether parts of keys that are missing are numbers that count up. */
  private final boolean counts;
  final UndoLog undo = new UndoLog();
  private final Map<String, Map<List<Object>, Map<String, Object>>> sets = new HashMap<>();
  /** Made inside a deep insert before their parent is known. */
  private final List<Map<String, Object>> orphans = new ArrayList<>();
  private int next = 1;

  private StoreV2(boolean counts) {
    this.counts = counts;
  }

  int count(String set) {
    return sets.getOrDefault(set, Map.of()).size();
  }

  void clear() {
    sets.clear();
    orphans.clear();
    undo.clear();
    next = 1;
  }

  private Map<List<Object>, Map<String, Object>> rowsOf(EdmEntitySet set) throws EdmException {
    return sets.computeIfAbsent(set.getName(), (name) -> new LinkedHashMap<>());
  }

  private static List<Object> keyOf(EdmEntitySet set, Map<String, Object> row) throws EdmException {
    List<Object> key = new ArrayList<>();
    for (String name : set.getEntityType().getKeyPropertyNames()) key.add(row.get(name));
    return key;
  }

  @Override
  public List<?> readData(EdmEntitySet set) throws EdmException {
    return new ArrayList<>(rowsOf(set).values());
  }

  @Override
  public Object readData(EdmEntitySet set, Map<String, Object> keys) throws ODataNotFoundException, EdmException {
    Map<String, Object> row = rowsOf(set).get(keyOf(set, keys));
    if (row == null) throw new ODataNotFoundException(ODataNotFoundException.ENTITY);
    return row;
  }

  @Override
  public Object readData(EdmFunctionImport function, Map<String, Object> parameters, Map<String, Object> keys)
      throws ODataNotImplementedException {
    throw new ODataNotImplementedException();
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object readRelatedData(EdmEntitySet from, Object data, EdmEntitySet to, Map<String, Object> keys)
      throws ODataNotFoundException, EdmException {
    Object order = ((Map<String, Object>) data).get("SalesOrder");
    if (to.getName().equals("SalesOrders")) return readData(to, Map.of("SalesOrder", order));
    if (!keys.isEmpty()) return readData(to, keys);
    return rowsOf(to).values().stream().filter((row) -> order.equals(row.get("SalesOrder"))).toList();
  }

  @Override
  public Object newDataObject(EdmEntitySet set) {
    return new HashMap<String, Object>();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void createData(EdmEntitySet set, Object data) throws EdmException, ODataApplicationException {
    Map<String, Object> row = (Map<String, Object>) data;
    if (row.get("Quantity") instanceof BigDecimal quantity && quantity.signum() < 0) {
      throw refused("Quantity " + quantity + " of material " + row.get("Material") + " is not allowed", "SLS/001");
    }
    if (set.getName().equals("SalesOrders")) {
      if (row.get("SoldToParty") == null) throw refused("Enter a sold-to party", "SLS/002");
      if (row.get("SalesOrder") == null || row.get("SalesOrder").equals("")) {
        row.put("SalesOrder", String.format("%010d", next++));
      }
      row.put("Version", 1);
    }
    for (String name : set.getEntityType().getKeyPropertyNames()) {
      if (counts && row.get(name) == null) row.put(name, (long) next++);
    }
    List<Object> key = keyOf(set, row);
    if (key.contains(null)) {
      orphans.add(row);
      return;
    }
    if (rowsOf(set).putIfAbsent(key, row) != null) throw refused("Document " + key + " already exists", "SLS/003");
    undo.add(() -> sets.get(nameOf(set)).remove(key));
  }

  @Override
  @SuppressWarnings("unchecked")
  public void writeRelation(EdmEntitySet from, Object parent, EdmEntitySet to, Map<String, Object> child)
      throws EdmException, ODataApplicationException {
    if (orphans.isEmpty()) return;
    Map<String, Object> row = orphans.remove(orphans.size() - 1);
    row.putIfAbsent("SalesOrder", ((Map<String, Object>) parent).get("SalesOrder"));
    createData(to, row);
  }

  @Override
  public void deleteData(EdmEntitySet set, Map<String, Object> keys) throws ODataNotFoundException, EdmException {
    List<Object> key = keyOf(set, keys);
    Map<String, Object> row = rowsOf(set).remove(key);
    if (row == null) throw new ODataNotFoundException(ODataNotFoundException.ENTITY);
    undo.add(() -> sets.get(nameOf(set)).put(key, row));
  }

  @Override
  public void deleteRelation(EdmEntitySet from, Object data, EdmEntitySet to, Map<String, Object> keys)
      throws ODataNotImplementedException {
    throw new ODataNotImplementedException();
  }

  @Override
  public BinaryData readBinaryData(EdmEntitySet set, Object link) throws ODataNotImplementedException {
    throw new ODataNotImplementedException();
  }

  @Override
  public void writeBinaryData(EdmEntitySet set, Object link, BinaryData data) throws ODataNotImplementedException {
    throw new ODataNotImplementedException();
  }

  void forgetOrphans() {
    orphans.clear();
  }

  private static String nameOf(EdmEntitySet set) {
    try {
      return set.getName();
    } catch (EdmException error) {
      throw new IllegalStateException(error);
    }
  }

  private static ODataApplicationException refused(String message, String code) {
    return new ODataApplicationException(message, Locale.ENGLISH, HttpStatusCodes.BAD_REQUEST, code);
  }
}
